import { z } from 'zod';

/** The outline of RFC 3647 section 6 as data: numbers and titles in order. */
export const Outline = z.object({
  standard: z.string(),
  sections: z.array(z.object({ number: z.string(), title: z.string(), alsoCalled: z.array(z.string()).default([]) })),
});
export type Outline = z.infer<typeof Outline>;
