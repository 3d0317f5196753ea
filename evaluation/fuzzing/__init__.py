"""Files and questions made at random from real ones, and what is wrong with how they are taken."""
