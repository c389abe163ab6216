"""Questions about worker records; lists take the actor first."""
