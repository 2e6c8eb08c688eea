"""An attacker who knows the rules, himself and who was in which release, against every byte of simulated workshops."""
