import { z } from 'zod';
import { type Outline, OutlineSection } from '../model/outline.ts';
import { readCompiled, readShippedYaml } from './shipped.ts';

const Source = z.object({ standard: z.string(), outline: z.array(OutlineSection) });

let known: Promise<Outline> | undefined;

/** The outline of RFC 3647 that ships with the package. Read once a process. */
export function readOutline(): Promise<Outline> {
  known ??= readCompiled('requirements/rfc-3647/2003.json', compileOutline);
  return known;
}

/** The outline as the program uses it, from the YAML. */
export async function compileOutline(): Promise<Outline> {
  const { standard, outline } = await readShippedYaml('requirements/rfc-3647/2003.yaml', Source);
  return { standard, sections: outline };
}
