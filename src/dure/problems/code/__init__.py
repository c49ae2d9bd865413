"""Code that teams hand in: from the file to its runs on the farm, and from there to predictions, scored as any others.

`asking` turns a stage of a submission into a job, `following` takes over what came of it, `telling` says so in words. Answers are
never in the same sandbox as code: the farm sees inputs alone, and the scorer sees predictions alone.
"""
