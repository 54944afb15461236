"""The page as people use it: a real Chromium, the real `kennisbot serve`, the sample and its real model.

Where no Chromium is installed these tests say so and are skipped.
"""
