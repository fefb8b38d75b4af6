import type { State } from '../model/in-force.ts';
import type { Instant } from '../model/time.ts';

/** The interval of a version as a page prints it, and what its end means. */
export interface PrintedSpan {
  from: string;
  until: string | undefined;
  end: 'superseded' | 'withdrawn';
}

/** The state of a published version at an instant, from what a page says of it; the same answer as `stateOf` in the model. */
export function currentState({ from, until, end }: PrintedSpan, at: Instant): State {
  if (until === from) return 'never-in-force';
  if (at < from) return 'not-yet-in-force';
  return until === undefined || at < until ? 'in-force' : end;
}
