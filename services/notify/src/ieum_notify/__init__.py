"""The post room: who is told what, once, and why."""
