"""The room of everything that the two sides of the wall say to each other and must agree on."""
