package dev.jeton.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jeton.torch.DType;
import dev.jeton.torch.Device;
import dev.jeton.torch.Scope;
import dev.jeton.torch.Shape;
import dev.jeton.torch.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SafetensorsTest {
    @TempDir
    Path folder;

    private Scope scope;

    @BeforeEach
    void open() {
        scope = Scope.open();
    }

    @AfterEach
    void close() {
        scope.close();
    }

    @ParameterizedTest
    @EnumSource(
            names = {"COMPLEX32", "COMPLEX128"},
            mode = EnumSource.Mode.EXCLUDE)
    void everyTypeComesBackByteForByte(DType dtype) {
        Tensor tensor = Tensor.empty(Shape.of(3, 5), dtype, Device.CPU);
        MemorySegment memory = tensor.memory();
        for (long i = 0; i < memory.byteSize(); i++) {
            memory.set(ValueLayout.JAVA_BYTE, i, (byte) (dtype == DType.BOOL ? i % 2 : i * 37));
        }
        Path file = folder.resolve("types.safetensors");

        Safetensors.write(file, Map.of("x", tensor, "empty", Tensor.empty(Shape.of(0, 4), dtype, Device.CPU)));
        Map<String, Tensor> back = Safetensors.read(file);

        assertThat(back.get("x").dtype()).isEqualTo(dtype);
        assertThat(back.get("x").shape()).isEqualTo(Shape.of(3, 5));
        assertThat(back.get("x").memory().toArray(ValueLayout.JAVA_BYTE))
                .isEqualTo(memory.toArray(ValueLayout.JAVA_BYTE));
        assertThat(back.get("empty").shape()).isEqualTo(Shape.of(0, 4));
    }

    @Test
    void whatTheFormatHasNoTypeForIsRefusedBeforeAFileAppears() throws IOException {
        Path file = folder.resolve("x.safetensors");
        Tensor complex = Tensor.empty(Shape.of(2), DType.COMPLEX128, Device.CPU);

        assertThatThrownBy(() -> Safetensors.write(file, Map.of("x", complex)))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("complex128");
        assertThat(listed()).isEmpty();
    }

    @Test
    void widestElementsComeFirstAndEqualStatesGiveEqualFiles() throws IOException {
        Map<String, Tensor> state = new LinkedHashMap<>();
        state.put("b", Tensor.of(true, false, true));
        state.put("a", Tensor.of(1.5f));
        state.put("z", Tensor.of(7L));
        Safetensors.write(folder.resolve("1"), state, Map.of());
        Safetensors.write(folder.resolve("2"), new TreeMap<>(state), Map.of());

        assertThat(folder.resolve("1")).hasSameBinaryContentAs(folder.resolve("2"));
        try (var file = Safetensors.open(folder.resolve("1"))) {
            assertThat(file.names()).containsExactly("z", "a", "b");
        }
        byte[] bytes = Files.readAllBytes(folder.resolve("1"));
        assertThat(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong() % 8)
                .isZero();
    }

    @Test
    void viewsAreWrittenInRowMajorOrder() {
        Tensor transposed = Tensor.of(new float[][] {{1, 2, 3}, {4, 5, 6}}).transpose(0, 1);
        Path file = folder.resolve("x.safetensors");

        Safetensors.write(file, Map.of("x", transposed));

        assertThat(Safetensors.read(file).get("x").toFloats()).containsExactly(1, 4, 2, 5, 3, 6);
    }

    @Test
    void metadataIsKept() {
        Path file = folder.resolve("x.safetensors");
        Safetensors.write(file, Map.of("x", Tensor.of(1f)), Map.of("note", "a \"quoted\" ä"));
        try (var opened = Safetensors.open(file)) {
            assertThat(opened.metadata()).containsExactly(Map.entry("note", "a \"quoted\" ä"));
        }
        Safetensors.write(file, Map.of("x", Tensor.of(1f)));
        try (var opened = Safetensors.open(file)) {
            assertThat(opened.metadata()).containsEntry("format", "pt");
        }
    }

    @Test
    void writingLeavesNothingButTheFile() throws IOException {
        Path file = folder.resolve("x.safetensors");
        Safetensors.write(file, Map.of("x", Tensor.of(1f)));
        Safetensors.write(file, Map.of("x", Tensor.of(2f)));

        assertThat(listed()).containsExactly(file);
        assertThat(Safetensors.read(file).get("x").toFloats()).containsExactly(2);
        assertThatThrownBy(() -> Safetensors.write(folder.resolve("no/such/x"), Map.of("x", Tensor.of(2f))))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("cannot be written");
    }

    @Test
    void tensorsAreReadOneByOne() {
        Path file = folder.resolve("x.safetensors");
        Safetensors.write(file, Map.of("a", Tensor.of(1f, 2), "b", Tensor.of(3L)));
        Safetensors opened = Safetensors.open(file);

        assertThat(opened.shape("a")).isEqualTo(Shape.of(2));
        assertThat(opened.dtype("b")).isEqualTo(DType.INT64);
        assertThat(opened.tensor("a").toFloats()).containsExactly(1, 2);
        assertThat(opened.tensors().keySet()).containsExactlyInAnyOrder("a", "b");
        assertThat(opened.tensors().get("c")).isNull();
        assertThatThrownBy(() -> opened.tensor("c"))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("'c'");
        opened.close();
        assertThatThrownBy(() -> opened.tensor("a")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shardsAreOneModel() throws IOException {
        Safetensors.write(folder.resolve("model-1.safetensors"), Map.of("a", Tensor.of(1f)));
        Safetensors.write(folder.resolve("model-2.safetensors"), Map.of("b", Tensor.of(2f), "extra", Tensor.of(9f)));
        index("{\"metadata\":{\"total_size\":8},\"weight_map\":"
                + "{\"a\":\"model-1.safetensors\",\"b\":\"model-2.safetensors\"}}");

        Map<String, Tensor> all = Safetensors.read(folder);

        assertThat(all.keySet()).containsExactly("a", "b");
        assertThat(all.get("b").item()).isEqualTo(2);
    }

    private static Map<String, Tensor> layers(int count, float value) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            tensors.put("layer." + i, Tensor.full(Shape.of(4), value + i, DType.FLOAT32, Device.CPU)); // 16 bytes
        }
        return tensors;
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private void holds(int count, float value) {
        Map<String, Tensor> read = Safetensors.read(folder);
        assertThat(read).hasSize(count);
        for (int i = 0; i < count; i++) {
            assertThat(read.get("layer." + i).toFloats()).containsOnly(value + i);
        }
    }

    @Test
    void aModelIsDividedAmongFilesAsTransformersDoes() throws IOException {
        Safetensors.writeShards(folder, layers(5, 1), 40);
        assertThat(files())
                .containsExactly(
                        "model-00001-of-00003.safetensors",
                        "model-00002-of-00003.safetensors",
                        "model-00003-of-00003.safetensors",
                        "model.safetensors.index.json");
        assertThat(Files.readString(folder.resolve("model.safetensors.index.json")))
                .isEqualTo("{\"metadata\":{\"total_size\":80},\"weight_map\":{"
                        + "\"layer.0\":\"model-00001-of-00003.safetensors\","
                        + "\"layer.1\":\"model-00001-of-00003.safetensors\","
                        + "\"layer.2\":\"model-00002-of-00003.safetensors\","
                        + "\"layer.3\":\"model-00002-of-00003.safetensors\","
                        + "\"layer.4\":\"model-00003-of-00003.safetensors\"}}");
        holds(5, 1);
    }

    @Test
    void whatFitsIntoOneFileIsOneAndALongTensorHasItsOwn() throws IOException {
        Safetensors.writeShards(folder, layers(5, 1), 80);
        assertThat(files()).containsExactly("model.safetensors");
        holds(5, 1);

        Map<String, Tensor> tensors = layers(2, 3);
        tensors.put("layer.2", Tensor.full(Shape.of(100), 5, DType.FLOAT32, Device.CPU));
        Safetensors.writeShards(folder, tensors, 32);
        assertThat(files()).hasSize(3).contains("model-00002-of-00002.safetensors");
        holds(3, 3);
    }

    @Test
    void aNewModelTakesThePlaceOfTheOldInEveryForm() throws IOException {
        Safetensors.writeShards(folder, layers(4, 1), 32);
        Safetensors.writeShards(folder, layers(4, 2), 32);
        assertThat(files()).as("the old shards are gone").hasSize(3);
        holds(4, 2);
        Safetensors.writeShards(folder, layers(4, 3), 1000);
        assertThat(files()).containsExactly("model.safetensors");
        holds(4, 3);
        Safetensors.writeShards(folder, layers(4, 4), 16);
        assertThat(files()).hasSize(5).doesNotContain("model.safetensors");
        holds(4, 4);
    }

    @Test
    void aModelWhoseWritingFailsLeavesTheOldOne() throws IOException {
        Safetensors.writeShards(folder, layers(4, 1), 32);
        List<String> before = files();
        Map<String, Tensor> tensors = layers(4, 2);
        tensors.put("odd", Tensor.empty(Shape.of(8), DType.COMPLEX128, Device.CPU));
        assertThatThrownBy(() -> Safetensors.writeShards(folder, tensors, 32))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("complex128");
        assertThat(files()).containsAll(before);
        holds(4, 1);
        assertThatThrownBy(() -> Safetensors.writeShards(folder, tensors, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"weight_map":{"a":"other.safetensors"}}    | missing: other.safetensors
            {"weight_map":{"a":"../x.safetensors"}}     | same folder
            {"weight_map":{"a":"/etc/passwd"}}          | same folder
            {"weight_map":{"a":""}}                     | same folder
            {"weight_map":{"zz":"model.bin"}}           | does not hold it
            {"weight_map":{"a":"model.bin","a":"model.bin"}} | Duplicate
            {"weight_map":[]}                           | weight_map must be an object
            {"weight_map":{"a":3}}                      | must have a file name
            {"weight_map":{}}                           | names tensors
            {}                                          | names tensors
            []                                          | JSON object
            {"weight_map":                              | not the JSON of an index
            """)
    void wrongIndexesAreRefused(String json, String why) throws IOException {
        Safetensors.write(folder.resolve("model.bin"), Map.of("a", Tensor.of(1f)));
        index(json);

        assertThatThrownBy(() -> Safetensors.open(folder))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(why);
    }

    @Test
    void aFolderWithoutAModelIsRefused() {
        assertThatThrownBy(() -> Safetensors.open(folder))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("neither");
        assertThatThrownBy(() -> Safetensors.open(folder.resolve("absent.safetensors")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("absent");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
            {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}                 | 7 | cut off
            {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}                 | 9 | describes 8 bytes
            {"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}                 | 8 | takes 12 bytes
            {"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}                 | 8 | backwards
            {"a":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}                | 8 | backwards
            {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8,9]}}               | 8 | two numbers
            {"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}                | 8 | impossible shape
            {"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,8]}} | 8 | impossible shape
            {"a":{"dtype":"F32","shape":[4611686018427387904],"data_offsets":[0,8]}} | 8 | impossible shape
            {"a":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,8]}} | 8 | not the JSON
            {"a":{"dtype":"F32","shape":[2.0],"data_offsets":[0,8]}}               | 8 | whole numbers
            {"a":{"dtype":"F32","shape":"2","data_offsets":[0,8]}}                 | 8 | whole numbers
            {"a":{"dtype":"F99","shape":[2],"data_offsets":[0,8]}}                 | 8 | unknown dtype 'F99'
            {"a":{"dtype":7,"shape":[2],"data_offsets":[0,8]}}                     | 8 | dtype must be a text
            {"a":{"shape":[2],"data_offsets":[0,8]}}                               | 8 | needs dtype
            {"a":[]}                                                               | 0 | described by an object
            {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}} | 8 | Duplicate
            {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}} | 8 | inside the tensor before it
            {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}} | 12 | leaving a gap
            {"__metadata__":{"a":1}}                                               | 0 | object of texts
            {"__metadata__":[]}                                                    | 0 | object of texts
            {} {}                                                                  | 0 | nothing but spaces
            []                                                                     | 0 | JSON object
            {"a                                                                    | 0 | not the JSON
            """)
    void wrongHeadersAreRefused(String json, int dataBytes, String why) throws IOException {
        Path file = file(json.getBytes(StandardCharsets.UTF_8), dataBytes);

        assertThatThrownBy(() -> Safetensors.open(file))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(why)
                .hasMessageContaining(file.toString());
    }

    @Test
    void wrongLengthsAreRefused() throws IOException {
        Path file = folder.resolve("x.safetensors");
        for (byte[] content : List.of(
                new byte[0],
                new byte[7],
                ByteBuffer.allocate(8).putLong(-1).array(),
                ByteBuffer.allocate(8)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(100_000_001)
                        .array(),
                ByteBuffer.allocate(20)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(13)
                        .array())) {
            Files.write(file, content);
            assertThatThrownBy(() -> Safetensors.open(file)).isInstanceOf(CheckpointException.class);
        }
    }

    @Test
    void endlessNestingIsRefused() throws IOException {
        String deep = "{\"a\":{\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}}";
        Path file = file(deep.getBytes(StandardCharsets.UTF_8), 0);
        assertThatThrownBy(() -> Safetensors.open(file)).isInstanceOf(CheckpointException.class);
        String wide = "{\"a\":{\"shape\":[" + "1,".repeat(100_000) + "1]}}";
        Path other = file(wide.getBytes(StandardCharsets.UTF_8), 0);
        assertThatThrownBy(() -> Safetensors.open(other))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("more than 64");
    }

    @Test
    void booleansOtherThanZeroAndOneAreRefused() throws IOException {
        Path file = file(
                "{\"a\":{\"dtype\":\"BOOL\",\"shape\":[2],\"data_offsets\":[0,2]}}".getBytes(StandardCharsets.UTF_8),
                2);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] = 2;
        Files.write(file, bytes);

        assertThatThrownBy(() -> Safetensors.read(file))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("element 1 must be 0 or 1");
    }

    @Test
    void randomBytesAndMutationsOnlyEverGiveCheckpointExceptions() throws IOException {
        Path good = folder.resolve("good.safetensors");
        Safetensors.write(
                good,
                Map.of("layer.weight", Tensor.of(new float[][] {{1, 2}, {3, 4}}), "n", Tensor.of(5L)),
                Map.of("format", "pt"));
        byte[] whole = Files.readAllBytes(good);
        Path file = folder.resolve("bad.safetensors");
        int refused = 0;
        for (int seed = 0; seed < 3000; seed++) {
            Files.write(file, mutated(whole, new Random(seed)));
            try (var _ = Scope.open()) {
                Safetensors.read(file);
            } catch (CheckpointException e) {
                refused++;
            } catch (Throwable e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
        assertThat(refused).isGreaterThan(1500);
    }

    private static byte[] mutated(byte[] whole, Random random) {
        int kind = random.nextInt(4);
        if (kind == 0) {
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            if (noise.length >= 8 && random.nextBoolean()) {
                ByteBuffer.wrap(noise).order(ByteOrder.LITTLE_ENDIAN).putLong(random.nextInt(noise.length));
            }
            return noise;
        }
        if (kind == 1) {
            return Arrays.copyOf(whole, random.nextInt(whole.length));
        }
        byte[] copy = whole.clone();
        for (int i = 0; i <= random.nextInt(4); i++) {
            int place = random.nextInt(copy.length);
            copy[place] =
                    kind == 2 ? (byte) random.nextInt(256) : (byte) "0123456789[]{},:\"".charAt(random.nextInt(17));
        }
        return copy;
    }

    private Path file(byte[] header, int dataBytes) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(8 + header.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(header.length).put(header);
        Path file = Files.createTempFile(folder, "made", ".safetensors");
        return Files.write(file, bytes.array());
    }

    private void index(String json) throws IOException {
        Files.writeString(folder.resolve("model.safetensors.index.json"), json);
    }

    private List<Path> listed() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
