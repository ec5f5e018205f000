"""What speed and memory are measured with: `make benchmark` runs them all and prints one table."""
