"""Trains a tokenizer with a library of Python's, for a run beside `jeton tokenizer train`.

Arguments: LIBRARY:SCHEME FILE SIZE TARGET. LIBRARY is tokenizers (byte-bpe, bpe, wordpiece, word, unigram) or sentencepiece
(unigram, bpe); each line of the file is a text, without its break. Time and memory are for whoever starts it to take:
/usr/bin/time -f '%e s %U s %M KB' python bench/peers/tokenizers_train.py tokenizers:byte-bpe text.txt 32000 out.json
"""

import sys


def trained(scheme, size):
    from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

    special = {"bpe": ["<unk>", "<s>", "</s>"], "unigram": ["<unk>", "<s>", "</s>"], "word": ["[UNK]"]}
    special["wordpiece"] = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    if scheme == "byte-bpe":
        tokenizer = Tokenizer(models.BPE())
        tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
        tokenizer.decoder = decoders.ByteLevel()
        alphabet = pre_tokenizers.ByteLevel.alphabet()
        return tokenizer, trainers.BpeTrainer(vocab_size=size, min_frequency=2, initial_alphabet=alphabet)
    if scheme == "bpe":
        tokenizer = Tokenizer(models.BPE(unk_token="<unk>"))
        trainer = trainers.BpeTrainer(vocab_size=size, min_frequency=2, special_tokens=special[scheme])
    elif scheme == "unigram":
        tokenizer = Tokenizer(models.Unigram())
        trainer = trainers.UnigramTrainer(vocab_size=size, special_tokens=special[scheme], unk_token="<unk>")
    elif scheme == "wordpiece":
        tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
        tokenizer.normalizer = normalizers.BertNormalizer()
        tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
        return tokenizer, trainers.WordPieceTrainer(vocab_size=size, min_frequency=2, special_tokens=special[scheme])
    else:
        tokenizer = Tokenizer(models.WordLevel(unk_token="[UNK]"))
        tokenizer.normalizer = normalizers.Lowercase()
        tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
        return tokenizer, trainers.WordLevelTrainer(vocab_size=size, min_frequency=2, special_tokens=special[scheme])
    tokenizer.normalizer = normalizers.NFKC()
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    return tokenizer, trainer


def lines(file):
    with open(file, encoding="utf-8", newline="\n") as text:
        for line in text:
            yield line.rstrip("\n")


library, scheme = sys.argv[1].split(":")
file, size, target = sys.argv[2], int(sys.argv[3]), sys.argv[4]
if library == "tokenizers":
    tokenizer, trainer = trained(scheme, size)
    tokenizer.train_from_iterator(lines(file), trainer)
    tokenizer.save(target)
else:
    import sentencepiece

    sentencepiece.SentencePieceTrainer.train(
        input=file, model_prefix=target, vocab_size=size, model_type=scheme, input_sentence_size=0, minloglevel=2
    )
