"""What contacts and companies read and say of each topic: what is human, and what is unusual."""
