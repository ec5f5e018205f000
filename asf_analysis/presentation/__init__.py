"""What a reader sees. Every public function takes a `Published` and gives something that shows itself."""
