import { daysLeft, reviewOf } from '../../../model/deadline.ts';
import type { Rule } from '../../../model/finding.ts';
import { hasEnded, readTimelines } from '../../../model/in-force.ts';
import { dateIn } from '../../../model/time.ts';

/** A document whose last version is older than the configuration allows was not reviewed in time, whatever it says. */
export const reviewedYearly: Rule = {
  id: 'form/reviewed-yearly',
  demands: 'A CP or CPS has a new version every 365 days.',
  basis: { standard: 'Mozilla Root Store Policy', edition: '3.1', clause: '3.3(4)' },
  severity: 'error',
  *check(workspace) {
    const { config, register, now } = workspace;
    for (const timeline of readTimelines(register).values()) {
      const review = reviewOf(timeline, workspace);
      const left = review && daysLeft(review.last, now, config.timeZone);
      if (!review || left === undefined || left >= 0) continue;
      const { entry, last } = review;
      // What ended without its last review cannot be reviewed any more.
      yield {
        message: `The last version of ${entry.document}, ${entry.version}, was published ${config.reviewDays - left} days ago.`,
        at: { file: 'policies/register.yaml', start: entry.fields['published'] ?? entry.start },
        seen: `published on ${dateIn(entry.published, config.timeZone)}`,
        expected: `a new version by ${last.date}, ${config.reviewDays} days later (reviewDays)`,
        advice: 'Review the document and publish a version with a new number and a dated entry in its change log, even if nothing else changes.',
        ...(hasEnded(register, timeline, now) && { severity: 'info' }),
      };
    }
  },
};
