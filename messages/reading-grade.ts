/**
 * Flesch-Kincaid grade level (Kincaid et al. 1975): the years of an American school that a text asks for.
 * English alone; syllables are counted by their vowels, which is right for nine words of ten.
 */
export function fleschKincaidGrade(text: string): number {
  const sentences = text.split(/[.?!…:]+(?:\s|$)/).filter((part) => /[a-z]/i.test(part)).length;
  const words = text.match(/[a-z][a-z’'-]*/gi) ?? [];
  if (sentences === 0 || words.length === 0) return 0;
  const syllables = words.reduce((sum, word) => sum + syllablesOf(word), 0);
  return 0.39 * (words.length / sentences) + 11.8 * (syllables / words.length) - 15.59;
}

function syllablesOf(word: string): number {
  const plain = word.toLowerCase().replace(/[^a-z]/g, "");
  if (plain.length <= 3) return 1;
  const spoken = plain
    .replace(/(?:[^laeiouy]es|[^laeiouy]ed|[^l]e)$/, (end) => end[0] ?? "")
    .replace(/^y/, "");
  return Math.max(1, (spoken.match(/[aeiouy]{1,2}/g) ?? []).length);
}
