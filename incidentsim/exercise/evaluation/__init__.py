"""How well an exercise went, as a function of (playbook, scenario, facts): metrics, ratings, the right way, reports.

Pure like the rest of this room. Whatever it says rests on sequence numbers of facts; sentences are made in exports.
"""
