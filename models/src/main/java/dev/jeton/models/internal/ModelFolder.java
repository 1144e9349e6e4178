package dev.jeton.models.internal;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.jeton.nn.CheckpointException;
import dev.jeton.nn.Layer;
import dev.jeton.nn.Safetensors;
import dev.jeton.train.RunFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Models in folders: {@code config.json} with the configuration and the family as {@code model_type}, and {@code
 * model.safetensors}. A run folder is one.
 *
 * <p>Configurations are records; where one of several kinds is chosen, {@code kind} is its record's name.
 */
public final class ModelFolder {
    private static final String MODEL_TYPE = "model_type";
    private static final String TRAINING = "training";

    @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "kind")
    private interface Kind {}

    private final JsonMapper json;
    private final String modelType;

    private ModelFolder(String modelType, List<Class<?>> choices) {
        this.modelType = modelType;
        JsonMapper.Builder builder = JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .enable(SerializationFeature.INDENT_OUTPUT)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);
        choices.forEach(choice -> builder.addMixIn(choice, Kind.class));
        this.json = builder.build();
    }

    /**
     * Returns the format of a family.
     *
     * @param choices the sealed interfaces that its configuration chooses from
     */
    public static ModelFolder of(String modelType, Class<?>... choices) {
        return new ModelFolder(modelType, List.of(choices));
    }

    /** Returns a configuration as {@code config.json} has it. */
    public Map<String, Object> describe(Object config) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put(MODEL_TYPE, modelType);
        described.putAll(json.convertValue(config, new TypeReference<LinkedHashMap<String, Object>>() {}));
        return described;
    }

    /**
     * Returns the configuration of a folder.
     *
     * @throws CheckpointException if it is not one of this family, or its values are not allowed
     */
    public <C> C config(Path folder, Class<C> type) {
        Map<String, Object> stored = new LinkedHashMap<>(RunFolder.at(folder).config());
        Object found = stored.remove(MODEL_TYPE);
        stored.remove(TRAINING);
        Path file = folder.resolve("config.json");
        if (!modelType.equals(found)) {
            throw new CheckpointException(file + ": model_type must be '" + modelType + "', it is " + found);
        }
        try {
            return json.convertValue(stored, type);
        } catch (JacksonException e) {
            throw new CheckpointException(file + ": " + e.getOriginalMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Reads a folder's weights into a model, which is then in evaluation mode.
     *
     * @throws CheckpointException if they do not fit
     */
    public void load(Path folder, Layer model) {
        try (Safetensors file = Safetensors.open(RunFolder.at(folder).weights())) {
            model.load(file.tensors());
        }
        model.eval();
    }

    /** Writes a model to a folder, which is made if it is not there; each file takes the place of an older one in one step. */
    public void save(Path folder, Object config, Layer model) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(folder + ": cannot be written: " + e, e);
        }
        RunFolder.at(folder).writeConfig(describe(config));
        Safetensors.write(folder.resolve("model.safetensors"), model.state());
    }
}
