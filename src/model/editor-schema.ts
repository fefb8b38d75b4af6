import { z } from 'zod';
import { Config } from './config.ts';
import { FrontMatter } from './document.ts';

/**
 * JSON Schemas of `cartulary.yaml` and of front matter, for editors that complete and check while one types. An editor
 * reads YAML with numbers and booleans where this package reads every value as the text that stands there, so both are
 * allowed for values that look like one.
 */
export function editorSchemas(): ReadonlyMap<string, object> {
  const write = (schema: z.ZodType, title: string) => ({
    title,
    ...z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', override: ({ jsonSchema }) => void widen(jsonSchema) }),
  });
  return new Map([
    ['cartulary.schema.json', write(Config, 'Configuration of Cartulary: cartulary.yaml')],
    ['front-matter.schema.json', write(FrontMatter, 'Front matter of a policy document')],
  ]);
}

interface Writable {
  type?: unknown;
  pattern?: string | undefined;
  enum?: unknown[] | undefined;
}

function widen(schema: Writable): void {
  if (schema.type === 'string' && schema.pattern === '^\\d{1,4}$') schema.type = ['string', 'integer'];
  if (schema.enum?.includes('true') && schema.enum.includes('false')) {
    schema.enum = [true, false];
    schema.type = 'boolean';
  }
}
