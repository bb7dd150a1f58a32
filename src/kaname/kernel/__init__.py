"""What every room stands on: accounts, journal and events, rules, jobs, files, search, notices, clock, slots.

The kernel knows no room.  What rooms offer to it (permissions, reactions, search sources, notices) they register from
their own `AppConfig.ready`.
"""
