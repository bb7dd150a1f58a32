"""Plain functions on sequences of integers that place activities with their people, compiled from the same source."""
