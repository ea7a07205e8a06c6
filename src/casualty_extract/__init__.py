"""Claims of casualties in news text."""
