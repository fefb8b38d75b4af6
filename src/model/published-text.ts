import { z } from 'zod';
import { FrontMatter, Policy } from './document.ts';
import type { PlainText } from './plain-text.ts';
import type { Sha256 } from './version.ts';

/**
 * A published text in the form in which it is compared, for programs: `/cps/2.1/cps-2.1.en.json`, beside its source. A
 * browser compares two of these as the build compares two sources, without a parser.
 */
export interface PublishedText extends PlainText {
  document: string;
  version: string;
  language: string;
  title: string;
  /** Of the source that it was made of. */
  sha256: Sha256;
  /** The digests of the profiles that the text includes, by their ids; not there for none. */
  profiles?: Readonly<Record<string, Sha256>> | undefined;
  /** The front matter; undefined where the source has none. */
  declared: FrontMatter | undefined;
}

/** What a policy declares, with its values read. */
const Declared = z.object({
  ...FrontMatter.shape,
  policies: z.array(z.object({ ...Policy.shape, qscd: z.object({ ...Policy.shape.qscd.unwrap().shape, required: z.boolean() }).optional() })),
});
const Offset = z.number().int().nonnegative();
const Kind = z.enum(['strong', 'emphasis', 'code', 'struck', 'superscript', 'subscript', 'link']);
const Inline = z.object({
  text: z.string().describe('A line break that the author set is a line feed; any other white space is one space.'),
  formats: z
    .array(z.union([z.tuple([Offset, Offset, Kind]), z.tuple([Offset, Offset, Kind, z.string()])]))
    .optional()
    .describe('From one UTF-16 unit up to, not including, another; a link with its target.'),
});
const Block = z.union([
  z.object({
    kind: z.enum(['paragraph', 'item', 'quote', 'note', 'code', 'heading']),
    depth: z.number().int().describe('How many lists it stands in.'),
    label: z.string().optional().describe("What stands before it on the page: a list's mark, a footnote's name."),
    ...Inline.shape,
  }),
  z.object({ kind: z.literal('table'), depth: z.number().int(), rows: z.array(z.array(Inline)).describe('The first row is the head.') }),
]);

/** The form of the JSON, for its published schema. */
export const PublishedTextJson = z.object({
  document: z.string(),
  version: z.string(),
  language: z.string(),
  title: z.string(),
  sha256: z.string().describe('SHA-256 of the source that this was made of, 64 hexadecimal digits.'),
  profiles: z.record(z.string(), z.string()).optional().describe('SHA-256 of each profile that the text includes, by its id; not there for none.'),
  declared: Declared.optional().describe('The front matter, where the source has one.'),
  sections: z
    .array(
      z.object({
        number: z.string().describe('As printed, without a final dot; empty for a heading without one.'),
        title: z.string(),
        anchor: z.string().describe("Where it is on the text's page; empty for what stands before the first heading."),
        level: z.number().int(),
        heading: Inline,
        blocks: z.array(Block),
      }),
    )
    .describe('In the order of the text.'),
});
