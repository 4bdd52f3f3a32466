"""The post room, tested."""
