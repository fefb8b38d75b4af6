import { z } from 'zod';
import { MARK_NAME } from './mark.ts';
import { RepositoryPath } from './version.ts';

const Name = z.string().regex(MARK_NAME, 'expected a standard and an id or clause, such as "411-2:OVR-5.1-09"');

/** The section whose text was proposed, and what tells that text from another one. */
const Seen = z
  .string()
  .regex(/^\S+ [0-9a-f]{16}$/, 'expected the section and 16 hexadecimal digits, as `check --suggest` wrote them; take the line out if you cannot tell');

/** One requirement, and what an author decided on it. */
export const Pick = z.strictObject({
  requirement: Name,
  /** The text, by its path. */
  file: RepositoryPath,
  /** The section by its number, or by its address on the page. */
  section: z.string().min(1).max(200),
  /** The text of the section as it was proposed; where it differs now, nothing is written. */
  seen: Seen.optional(),
  /** Whether the mark is to be written. */
  apply: z
    .enum(['yes', 'no', 'true', 'false'], 'expected "yes" or "no"')
    .default('no')
    .transform((text) => text === 'yes' || text === 'true'),
  /** Why the requirement does not apply: an exclusion is written instead, whatever `apply` says. */
  exclude: z
    .string()
    .regex(/\S/, 'expected a reason')
    .max(1000)
    .refine((reason) => !/-->|\p{Cc}/u.test(reason.replace(/\s/g, ' ')), 'expected a reason without "-->" and control characters')
    .transform((reason) => reason.replace(/\s+/g, ' ').trim())
    .optional(),
});
export type Pick = z.infer<typeof Pick>;

/** The work list of `cartulary check --suggest --output`. */
export const PickList = z.strictObject({ picks: z.array(Pick) });

const DIRECT = /^([^@\s]+)@([^#]+)#([^#\s]+)$/;

/** A pick on the command line, `411-2:OVR-6.3.5-01@policies/cps.md#6.3.5`; undefined for anything else, such as the path of a work list. */
export function parsePick(text: string): Pick | undefined {
  const [, requirement, file, section] = DIRECT.exec(text) ?? [];
  const read = Pick.safeParse({ requirement, file, section, apply: 'yes' });
  return read.success ? read.data : undefined;
}
