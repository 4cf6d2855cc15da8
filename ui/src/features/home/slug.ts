/** A folder's name from a drop's: "Tidepool Keepers" → "tidepool-keepers". */
export function slug(name: string): string {
  const words = name
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return words === "" ? "untitled-drop" : words;
}
