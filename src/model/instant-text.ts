import { z } from 'zod';

/** An instant in published JSON. A pattern and no function, so that its JSON Schema says it too. */
export const InstantText = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/)
  .describe('An instant in UTC.');
