/** A folder becoming columns. */
export function Drawing() {
  const columns = [0, 42, 84, 126, 168];
  return (
    <svg width="336" height="120" viewBox="0 0 336 120" fill="none" stroke="currentColor" strokeWidth="1.25" aria-hidden>
      <path d="M8 38v52a4 4 0 0 0 4 4h52a4 4 0 0 0 4-4V46a4 4 0 0 0-4-4H38l-6-8H12a4 4 0 0 0-4 4z" strokeLinejoin="round" />
      <path d="M86 68h26m-6-6 6 6-6 6" strokeLinecap="round" strokeLinejoin="round" />
      {columns.map((x, index) => (
        <g key={x} transform={`translate(${x})`}>
          <path d="M132 14h34v92h-34z" />
          <path d={`M138 20h22v18h-22z M138 42.5h${[20, 13, 8, 17, 11][index]}`} stroke={index === 2 ? "var(--accent)" : undefined} />
          <path d={`M138 48h22v18h-22z M138 70.5h${[8, 17, 11, 20, 13][index]}`} />
          <path d={`M138 76h22v18h-22z M138 98.5h${[11, 20, 13, 8, 17][index]}`} />
        </g>
      ))}
    </svg>
  );
}
