import { BASELINE, type Baseline, BaselineFile } from '../model/baseline.ts';
import type { ReadingObservation } from '../model/finding.ts';
import { readInside } from './files.ts';
import { readYaml } from './yaml.ts';

/** Reads the baseline of a repository: undefined where there is none, or where it cannot be read; then the observations say why. */
export async function readBaseline(root: string): Promise<{ baseline: Baseline | undefined; observations: readonly ReadingObservation[] }> {
  const text = (await readInside(root, BASELINE))?.toString('utf8');
  if (text === undefined) return { baseline: undefined, observations: [] };
  const { value, fields, observations } = readYaml({ text, file: BASELINE, firstLine: 1, rule: 'form/baseline-used' }, BaselineFile);
  const baseline = value?.map(({ rule, file, findings }, index) => ({
    rule,
    file,
    findings: new Map(Object.entries(findings)),
    at: fields[`${index}`],
  }));
  return { baseline, observations };
}
