"""저장한 보기: keeping, naming and throwing away views of lists."""
