/**
 * The texts in the code are the source language, and stay in it. What Lingui's macros make of them
 * is text yet, for which the browser would need a parser: they are parsed here, as the catalogues are.
 */
import { types, type PluginObj } from "@babel/core";
import { compileMessage } from "@lingui/message-utils/compileMessage";

export function compileMessages(): PluginObj {
  return {
    visitor: {
      Program: {
        // Once the macros are replaced.
        exit(program) {
          program.traverse({
            ObjectExpression({ node }) {
              if (!node.leadingComments?.some(({ value }) => value.trim() === "* i18n")) return;
              for (const property of node.properties) {
                if (!types.isObjectProperty(property)) continue;
                if (!types.isIdentifier(property.key, { name: "message" })) continue;
                if (!types.isStringLiteral(property.value)) continue;
                property.value = types.valueToNode(compileMessage(property.value.value));
              }
            },
          });
        },
      },
    },
  };
}
