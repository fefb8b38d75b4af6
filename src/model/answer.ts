import type { InForce, VersionSpan } from './in-force.ts';
import { localTime } from './time.ts';

/** The answer to "what was in force?" as one sentence for people. Times are shown in `zone`. */
export function explainInForce(answer: InForce, zone: string): string {
  const next = answer.next ? ` Version ${answer.next.entry.version} is published and takes effect on ${localTime(answer.next.from, zone)}.` : '';
  return `${explainVersion(answer, zone)}${next}`;
}

function explainVersion(answer: InForce, zone: string): string {
  const { document, reason } = answer;
  if (answer.version) return describeSpan(answer.version, zone);
  if (reason?.kind === 'withdrawn') {
    const { withdrawn, continuedBy, reason: why } = reason.withdrawal;
    return `${document}: none. It was withdrawn on ${localTime(withdrawn, zone)}${continuedBy ? ` and continued by ${continuedBy}` : ''} (${why.replace(/\.$/, '')}).`;
  }
  if (reason?.kind === 'before-first') return `${document}: none. Its first version was not yet in force.`;
  return `${document}: no such document is in the register.`;
}

function describeSpan({ entry, from, until }: VersionSpan, zone: string): string {
  const held = Object.keys(entry.files).length > 0 ? '' : ' Its text is not held: the version is known by name only.';
  return `${entry.document}: version ${entry.version}, in force from ${localTime(from, zone)}${until ? ` until ${localTime(until, zone)}` : ''}.${held}`;
}
