const NEXT = { '2.3': '2.4', '1.3': '1.4' } as const;

/**
 * A text of the example as its author has it at work for the next version: number and dates are new wherever they stand,
 * and the table of revisions has a row more. All else is as it was published.
 */
export function renew(text: string): string {
  const version = /^version: "(.+)"$/m.exec(text)?.[1] as keyof typeof NEXT;
  const next = NEXT[version];
  return (
    text
      .replace(`version: "${version}"`, `version: "${next}"`)
      .replace('{ on: 2026-11-20,', '{ on: 2026-11-23,')
      .replace('effective: 2027-03-01', 'effective: 2027-05-01')
      .replace(`| Version | ${version} |`, `| Version | ${next} |`)
      .replace('| Approved | 2026-11-20', '| Approved | 2026-11-23')
      .replace('| Effective | 2027-03-01', '| Effective | 2027-05-01')
      .replace('The PMA approved this version on 15 December 2025.', 'The PMA approved this version on 23 November 2026.')
      .replace('Die PMA hat diese Fassung am 15. Dezember 2025 genehmigt.', 'Die PMA hat diese Fassung am 23. November 2026 genehmigt.')
      .replace('1 March 2027', '1 May 2027')
      .replace('1. März 2027', '1. Mai 2027')
      .replace(/\/(cps?)\/2\.3\//g, '/$1/2.4/')
      .replace(/\/(pds|terms)\/1\.3\//g, '/$1/1.4/')
      .replace(/\| ([12])\.3, <https/g, '| $1.4, <https')
      // The last row of the table of revisions, a second time.
      .replace(/^\| [12]\.3 \| 2027-03-01 \|.*$/m, (row) => `${row}\n${row.replace(version, next).replace('2027-03-01', '2027-05-01')}`)
  );
}
