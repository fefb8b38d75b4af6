import { z } from 'zod';

/** One section of the outline. `brStatus`: what the TLS Baseline Requirements have under its number. */
export const OutlineSection = z.object({
  number: z.string(),
  title: z.string(),
  alsoCalled: z.array(z.string()).default([]),
  brStatus: z.enum(['text', 'no-stipulation', 'blank', 'subsections-only']).optional(),
});

/** The outline of RFC 3647 section 6 as data: numbers and titles in order. */
export const Outline = z.object({ standard: z.string(), sections: z.array(OutlineSection) });
export type Outline = z.infer<typeof Outline>;
