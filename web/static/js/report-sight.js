// Which of the marks of a report the reader sees first.

/* The index of the first mark whose top is below the top of the window, of marks in reading order. */
export function firstInSight(marks) {
  let low = 0;
  let high = marks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (marks[middle].getBoundingClientRect().top < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
