/** Finds the answer for each key once. For keys of the package's own data only, of which there are so many and no more. */
export function remember<Answer extends object | string>(find: (key: string) => Answer): (key: string) => Answer {
  const known = new Map<string, Answer>();
  return (key) => {
    const answer = known.get(key) ?? find(key);
    known.set(key, answer);
    return answer;
  };
}
