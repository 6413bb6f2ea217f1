"""Pages made in other processes, so that two readers have two cores (Linux; `gongkai serve --processes`).

```
front (the server, web/http)   asks a worker, or makes the page itself: it needs none of the others
  `- keeper                    opens and warms the index, forks the workers, replaces those that die
       `- worker, worker ...   the same application over the same engine; what was warmed is shared memory
       `- one more             makes what turns out heavy, after all others (nice)
```

They speak over pairs of sockets without a name, which nobody else can open. Whoever loses the front ends.
A set of workers (`crew.py`) answers from one state of the index; where the front has another, it is not asked.
"""

import sys

POSSIBLE = sys.platform == "linux"
"""Whether a process that has loaded much can be forked safely."""
