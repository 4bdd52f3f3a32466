"""Neo4j: the schema, the writing of edits and the reading of questions."""
