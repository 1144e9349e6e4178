package dev.jeton.text;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.LegacyOverrides;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.interpret.RenderResult;
import com.hubspot.jinjava.interpret.TemplateError;
import com.hubspot.jinjava.lib.exptest.ExpTest;
import com.hubspot.jinjava.lib.tag.Tag;
import com.hubspot.jinjava.tree.Node;
import com.hubspot.jinjava.tree.TagNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Renders templates as Python's Jinja does with the settings of the Hugging Face libraries. The only class that starts jinjava. */
final class JinjaTemplates {
    private static final Jinjava ENGINE = engine();

    private JinjaTemplates() {}

    private static Jinjava engine() {
        LegacyOverrides python = LegacyOverrides.newBuilder()
                .withUsePyishObjectMapper(true)
                .withIterateOverMapKeys(true)
                .withEvaluateMapKeys(true)
                .withKeepNullableLoopValues(true)
                .withUseNaturalOperatorPrecedence(true)
                .withParseWhitespaceControlStrictly(true)
                .withAllowAdjacentTextNodes(true)
                .withUseTrimmingForNotesAndExpressions(true)
                .build();
        var engine = new Jinjava(JinjavaConfig.newBuilder()
                .withTrimBlocks(true)
                .withLstripBlocks(true)
                .withNestedInterpretationEnabled(false) // what a user says is no template
                .withEnableRecursiveMacroCalls(true)
                .withElResolver(new PythonResolver())
                .withLegacyOverrides(python)
                .build());
        engine.getGlobalContext().registerFilter(new PythonJsonFilter());
        engine.getGlobalContext().registerTag(new GenerationTag());
        engine.getGlobalContext().registerExpTest(new IterableTest());
        return engine;
    }

    static String render(String name, String source, Map<String, @Nullable Object> variables) {
        variables.put(JinjaDialect.FUNCTIONS, PythonResolver.Functions.ALL);
        RenderResult result = ENGINE.renderForResult(JinjaDialect.translate(source), variables);
        for (TemplateError error : result.getErrors()) {
            for (Throwable cause = error.getException(); cause != null; cause = cause.getCause()) {
                if (cause instanceof PythonResolver.Refusal) {
                    throw new TokenizerException("chat template " + name + " refuses: " + cause.getMessage());
                }
            }
        }
        for (TemplateError error : result.getErrors()) {
            if (error.getSeverity() == TemplateError.ErrorType.FATAL) {
                throw new TokenizerException(
                        "chat template %s, line %d: %s".formatted(name, error.getLineno(), error.getMessage()));
            }
        }
        return result.getOutput();
    }

    /** In Python a string can be iterated over too; templates ask this to tell values from numbers. */
    private static final class IterableTest implements ExpTest {
        @Override
        public String getName() {
            return "iterable";
        }

        @Override
        public boolean evaluate(@Nullable Object value, JinjavaInterpreter interpreter, Object... arguments) {
            return value instanceof Iterable || value instanceof Map || value instanceof CharSequence;
        }
    }

    /** Marks what the model has said; to rendering it is nothing. */
    private static final class GenerationTag implements Tag {
        private static final long serialVersionUID = 1L;

        @Override
        public String getName() {
            return "generation";
        }

        @Override
        public String interpret(TagNode node, JinjavaInterpreter interpreter) {
            var result = new StringBuilder();
            for (Node child : node.getChildren()) {
                result.append(child.render(interpreter).getValue());
            }
            return result.toString();
        }
    }
}
