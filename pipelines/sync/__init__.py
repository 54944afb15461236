"""Bringing the index in step with its sources: one sync (`synchronizer`), and syncs by a schedule (`schedule`)."""
