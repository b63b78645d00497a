"""Papers of this room, in Bulgarian: notices of breaches, the record of activities, the impact assessment, the rules."""
