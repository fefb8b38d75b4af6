import { Editions, type FormFacts, KnownOids, VagueWords } from '../model/form-facts.ts';
import { readCompiled, readShippedYaml } from './shipped.ts';

let known: Promise<FormFacts> | undefined;

/** The facts that ship with the package in `content/form/`. Read once a process. Throws where the package is broken. */
export function readFormFacts(): Promise<FormFacts> {
  known ??= readCompiled('form.json', compileFormFacts);
  return known;
}

/** The facts as the program uses them, from the YAML. Throws for a file that is not valid. */
export async function compileFormFacts(): Promise<FormFacts> {
  const [vagueWords, editions, oids] = await Promise.all([
    readShippedYaml('form/vague-words.yaml', VagueWords),
    readShippedYaml('form/editions.yaml', Editions),
    readShippedYaml('form/oids.yaml', KnownOids),
  ]);
  return { vagueWords, editions, oids };
}
