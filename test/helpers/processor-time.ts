/** Starts to count; the answer tells the milliseconds of processor time since. Unlike the clock, it does not count what other programs do meanwhile. */
export function processorTime(): () => number {
  const start = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  };
}

/** Milliseconds of processor time that work takes. */
export function measure(work: () => unknown): number {
  const used = processorTime();
  work();
  return used();
}
