"""What becomes of the library and of what is kept when programs are killed and disks fail."""
