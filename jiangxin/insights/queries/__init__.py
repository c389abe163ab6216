"""Questions that gather from every lower floor: the register, the statistics, what waits for an officer."""
