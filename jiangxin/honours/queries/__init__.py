"""Questions about honours; asked by module: catalogue, conferrals, prerequisites, issuing, proving, work."""
