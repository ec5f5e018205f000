"""The door: results become `Published` here, or they are not shown."""
