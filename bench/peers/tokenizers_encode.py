"""Encodes documents with the libraries of Python's, for one alternating run with Jeton.

Argument: how many documents of 20,000 characters of each corpus. Reads lines `LIBRARY:FILE CORPUS` from standard input
and answers each with one number: megabytes of UTF-8 a second of this thread's processor time, one pass. LIBRARY is
tiktoken (cl100k_base or o200k_base, by a rank file), tokenizers or sentencepiece.
"""

import base64
import os
import sys
import time

os.environ["TOKENIZERS_PARALLELISM"] = "false"

CL100K = (
    r"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+| ?[^\s\p{L}\p{N}]++[\r\n]*+|\s++$|\s*[\r\n]"
    r"|\s+(?!\S)|\s"
)
O200K = "|".join(
    [
        r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?",
        r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?",
        r"\p{N}{1,3}",
        r" ?[^\s\p{L}\p{N}]+[\r\n/]*",
        r"\s*[\r\n]+",
        r"\s+(?!\S)",
        r"\s+",
    ]
)


def encoder(library, file):
    if library == "tiktoken":
        import tiktoken

        ranks = {}
        with open(file, "rb") as lines:
            for line in lines:
                token, rank = line.split()
                ranks[base64.b64decode(token)] = int(rank)
        pattern = O200K if len(ranks) > 150_000 else CL100K
        encoding = tiktoken.Encoding("peer", pat_str=pattern, mergeable_ranks=ranks, special_tokens={})
        return encoding.encode_ordinary
    if library == "tokenizers":
        import tokenizers

        tokenizer = tokenizers.Tokenizer.from_file(file)
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer.encode
    import sentencepiece

    return sentencepiece.SentencePieceProcessor(model_file=file).encode


def main():
    limit = int(sys.argv[1])
    encoders, corpora = {}, {}
    for line in sys.stdin:
        peer, corpus = line.split()
        if peer not in encoders:
            encoders[peer] = encoder(*peer.split(":", 1))
        if corpus not in corpora:
            with open(corpus, encoding="utf-8", newline="") as file:
                text = file.read(20_000 * limit)
            corpora[corpus] = [text[i : i + 20_000] for i in range(0, len(text), 20_000)]
        documents = corpora[corpus]
        size = sum(len(document.encode()) for document in documents)
        encode = encoders[peer]
        start = time.thread_time()
        for document in documents:
            encode(document)
        print(size / 1e6 / (time.thread_time() - start), flush=True)


main()
