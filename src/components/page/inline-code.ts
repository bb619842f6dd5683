/** Text of the book with `code` in it, as markup. Everything else is escaped. */
export const inlineCode = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`).replace(/`([^`]+)`/g, '<code>$1</code>');
