"""Reviews of proposals: who may review what, who does, and what they say by the rubric."""
