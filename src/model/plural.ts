/** "1 finding", "2 findings". */
export const plural = (count: number, name: string): string => `${count} ${name}${count === 1 ? '' : 's'}`;
