// What a reader chooses, as a style sheet that a reading system lays over the book's.
export const css = ({ ink, ground, size }) => `
    html { font-size: ${16 * size}px; }
    html, body { color: ${ink} !important; background: ${ground} !important; }
`
