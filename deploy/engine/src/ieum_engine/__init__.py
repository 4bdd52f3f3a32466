"""The embedded Neo4j as a process of its own; nothing imports it."""
