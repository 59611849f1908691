"""The journal: how entries are written and corrected, and the chain that proves it complete."""
