"""The processes of an installation: what `kaname up` starts, watches and stops."""
