import { createContext, use, useMemo, useRef, useState } from "react";
import { Virtualizer, type CustomItemComponentProps, type VirtualizerHandle } from "virtua";

import { useSelection } from "../state/open-selection";
import { activeOf } from "../state/selection";
import { folderIn } from "../state/use-folders";
import { useKeptPlace } from "./kept-place";
import { DayHeading, ListedRow, type ListedProps } from "./listed-row";
import { SelectRow } from "./select-row";
import { SelectionBar } from "./selection-bar";

const Length = createContext(0);

/** Tells where it is in the whole list, most of which is not in the page. */
function Item({ index, style, ...rest }: CustomItemComponentProps) {
  // It is hidden until it has been measured, which is before it is painted: it could not be focused.
  const shown = { ...style, visibility: "visible" } as const;
  return <li aria-posinset={index + 1} aria-setsize={use(Length)} style={shown} {...rest} />;
}

/**
 * A long list, or one of which several are being chosen: only the rows near the screen are in the
 * page, and the one that the keyboard is at.
 */
export default function LongList({ rows, folders }: ListedProps) {
  const scroller = useRef<HTMLElement>(null);
  const virtualizer = useRef<VirtualizerHandle>(null);
  const keepPlace = useKeptPlace(rows, scroller, virtualizer);
  const { selection } = useSelection();
  const ids = useMemo(() => rows.map(({ conversation }) => conversation.id), [rows]);
  const [focused, setFocused] = useState<string>();
  const active = selection ? activeOf(selection, ids) : focused;
  const kept = active === undefined ? -1 : ids.indexOf(active);
  return (
    <Length value={rows.length}>
      <div
        ref={(element) => {
          scroller.current = element?.parentElement ?? null;
        }}
      >
        <Virtualizer
          ref={virtualizer}
          scrollRef={scroller}
          as="ul"
          item={Item}
          data={rows}
          bufferSize={600}
          keepMounted={kept < 0 ? [] : [kept]}
          onScroll={keepPlace}
        >
          {(row, index) => {
            const { id, folderId } = row.conversation;
            const isFirst = index === 0;
            return (
              <div key={id} onFocus={() => setFocused(id)} onBlur={() => setFocused(undefined)}>
                {selection ? (
                  <>
                    <DayHeading row={row} isFirst={isFirst} />
                    <SelectRow
                      conversation={row.conversation}
                      folder={folderIn(folders, folderId)}
                      selection={selection}
                      isActive={id === active}
                      ids={ids}
                    />
                  </>
                ) : (
                  <ListedRow row={row} isFirst={isFirst} folders={folders} />
                )}
              </div>
            );
          }}
        </Virtualizer>
        {selection ? (
          <SelectionBar
            chosen={rows
              .map(({ conversation }) => conversation)
              .filter(({ id }) => selection.chosen.has(id))}
          />
        ) : null}
      </div>
    </Length>
  );
}
